export default {
  nav: {
    label: "Main",
    work: "My work",
    projects: "Projects",
    overview: "Overview",
    clips: "Clips",
    campaigns: "Campaigns",
    versions: "Versions",
    runs: "Runs",
    project: "Project",
    open: "Open navigation",
    skip: "Skip to content",
  },
  lost: "There is no page at this address.",
  home: "Go to the start page",
};
