"""What an edition holds, frozen."""
