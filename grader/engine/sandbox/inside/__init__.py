"""What runs in the zygote's own process and in the runners it forks, not in the judge."""
