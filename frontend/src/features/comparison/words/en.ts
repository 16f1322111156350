export default {
  intro:
    "Grey figures were published by the paper on CH-SIMS v2.0. Bold figures were measured here on the test split of version {{number}}: mean ± standard deviation over seeds, of runs whose recipe is unchanged. They are on other clips, so read them side by side, never as a race. All but MAE in percent.",
  recipe: "Recipe",
  released: "Released",
  paper: "Paper",
  features: "Features of text, audio and vision",
  row: "Model",
  from: "Measured on",
  published: "CH-SIMS v2.0",
  measured_one: "Here, {{count}} seed",
  measured_other: "Here, {{count}} seeds",
  notYet: "Here: no run yet",
  tables: {
    table2: "Table 2: multimodal models",
    table3: "Table 3: one modality alone",
    table4: "Table 4: what AV-MC loses without its parts",
  },
  metrics: {
    acc2: "Acc2",
    f1: "F1",
    acc2_weak: "Acc2_weak",
    acc3: "Acc3",
    acc5: "Acc5",
    mae: "MAE",
    corr: "Corr",
    r2: "R²",
  },
};
