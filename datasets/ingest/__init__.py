"""From folders of video and tables of clips to sources and clips in a project."""
