"""The drill: what the portal bears is tried, not said. `make drill`, or `make drill STEP=worker` for one step."""
