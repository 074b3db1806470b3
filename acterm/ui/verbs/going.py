"""From a list of mails to what has a screen of its own: writing, outbox, activity, settings."""

from acterm.mail.draft import Draft
from acterm.ui.verbs.mail import MailVerbs


class OtherScreens(MailVerbs):
    """Mixed into the screens that list mails."""

    @property
    def account_id(self) -> int:
        """The account the screen is about, 0 for any."""
        return 0

    async def action_new_mail(self) -> None:
        """An empty mail, from the account of the list."""
        account_id = self.account_id
        if account_id:
            await self.acterm.compose_draft(Draft(account_id))
        else:
            self.acterm.connect_account()

    async def action_go_outbox(self) -> None:
        """What waits to be sent."""
        from acterm.ui.screens.outbox import OutboxScreen

        await self.acterm.push_screen(OutboxScreen())

    async def action_go_activity(self) -> None:
        """What was done."""
        from acterm.ui.screens.activity import ActivityScreen

        await self.acterm.push_screen(ActivityScreen())

    async def action_go_settings(self) -> None:
        """Accounts, colours, keys."""
        from acterm.ui.screens.settings import SettingsScreen

        await self.acterm.push_screen(SettingsScreen())
