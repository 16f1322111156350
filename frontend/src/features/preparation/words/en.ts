export default {
  flags: {
    title: "What annotators told",
    hint: "Clips that somebody could not judge, and comments. A clip without a score stays incomplete until it is decided.",
    none: "Nobody has told anything about a clip.",
    clip: "Clip",
    stage: "Stage",
    annotator: "Annotator",
    reason: "Cannot be judged",
    comment: "Comment",
    when: "When",
    save: "CSV",
    all: "All reasons",
    calibration: "Reference clips that did not play",
    calibrationHint:
      "Told during a calibration, where they count neither for nor against anybody. Look at the file, or take the clip back.",
  },
  reason: {
    no_speech: "No speech",
    no_face: "No face",
    wrong_transcript: "Wrong transcript",
    technical: "Does not play",
  },
  settings: {
    title: "Before the stages",
    gap: "Pause between two stages",
    gapHint:
      "A stage opens for an annotator so long after their last answer in the stage before. 0: at once.",
    hours: "h",
    checks: "Check sound and screen",
    checksHint:
      "Before the audio stage tones are counted, before the vision stage faint dots, before multimodal both.",
    calibration: "Calibration",
    calibrationHint:
      "A stage opens once the scores of a round are this close to your references on average, or you let somebody in.",
    clips: "clips",
    distance: "distance",
  },
  repeats: {
    title: "Clips that come twice",
    share: "Share of a stage's clips",
    hint: "Each annotator is shown so many again, well after the first time. What they answer then tells how steady they are and makes no label.",
    rule_zero:
      "All {{begun}} stages are begun or finished and keep what they have. Another share applies to people who join later.",
    rule_one:
      "Another share applies to {{count}} stage that its annotator has not begun, and to people who join later. {{begun}} begun or finished stages keep what they have.",
    rule_other:
      "Another share applies to {{count}} stages that their annotators have not begun, and to people who join later. {{begun}} begun or finished stages keep what they have.",
    save: "Change the share",
  },
  references: {
    title: { standard: "Examples of each score", calibration: "Clips for the calibration" },
    hint: {
      standard:
        "Annotators reopen them at any time in the stage, with the S key: the file of that stage, your score and your reason.",
      calibration:
        "Annotators rate them before the stage, then see your score and your reason. They never count as answers.",
    },
    add: { standard: "Add an example", calibration: "Add a clip" },
    none: "None yet.",
    clip: "Clip",
    stage: "Stage",
    score: "Score",
    why: "Reason",
    shown: "As annotators perceive it",
    whyHint: {
      standard: "Shown with the example in this stage alone: tell of nothing that the stage hides.",
      calibration: "Shown after the answer in this stage alone: tell of nothing that the stage hides.",
    },
    search: "Search by name or words",
    nothingFound: "No clip found",
    rated:
      "Annotators of this campaign rate this clip themselves, and would be told its score before. Better choose a clip outside the campaign.",
    isRated: "Rated in this campaign too",
    allTheSame: "Use it all the same",
    noFile: "Not shown yet: no file has passed its audit. Make files on the page “Progress”.",
    takeBack: "Take back",
  },
  people: {
    title: "Who is ready",
    hint: "Mean distance of every round of calibration, and the last check of sound or screen.",
    passed: "Calibrated",
    waiting: "Not calibrated",
    letIn: "Let in by {{who}}: {{reason}}",
    checked: "Checked {{when}}",
    skipped: "Check skipped {{when}}",
    open: "Let in",
    reason: "Why without calibration?",
  },
};
