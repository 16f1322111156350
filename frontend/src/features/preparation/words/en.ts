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
  },
  reason: {
    no_speech: "No speech",
    no_face: "No face",
    wrong_transcript: "Wrong transcript",
    technical: "Does not play",
  },
};
