"""Who meets whom, when and where: planners, and a checker that shares nothing with them."""
