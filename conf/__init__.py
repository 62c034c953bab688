"""What a person may edit: settings, scenarios, programmes and the evidence tables in use."""
