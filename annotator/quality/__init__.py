"""What a campaign's scores tell about its annotators; a module per question, all of them pure."""
