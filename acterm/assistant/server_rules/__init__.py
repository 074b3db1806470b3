"""What absence, filters and a stolen account share: a visit to the rules of the server."""
