export default {
  title: "Projects",
  none: "There is no project that you work on yet. Load the sample to see everything work, or import clips of your own:",
  counts: {
    sources: "Sources",
    clips: "Clips",
    supervised: "Supervised",
    labelled: "Labelled",
    versions: "Versions",
  },
  next: {
    clips: "Import the first clips",
    label: "Go to labeling",
    publish: "Publish the first version",
    train: "Train on the newest version",
  },
  jobs: {
    title: "Long work",
    none: "Nothing runs. Imports, renditions, exports and runs show here with their progress.",
  },
  events: { title: "What happened", none: "Nothing yet." },
};
