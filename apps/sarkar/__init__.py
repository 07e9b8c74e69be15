"""The door of the state: rules and whom they touch, their entry and end, the journal."""
