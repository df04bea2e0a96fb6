"""The engine, on a simulated device that fails as a GPU does: for good after a fault, and for want of memory."""
