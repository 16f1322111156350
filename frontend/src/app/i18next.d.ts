/** Types of all words, so that a key that is missing does not compile. */
import "i18next";
import type account from "@/features/account/words/en";
import type campaigns from "@/features/campaigns/words/en";
import type comparison from "@/features/comparison/words/en";
import type versions from "@/features/datasets/versions/words/en";
import type datasets from "@/features/datasets/words/en";
import type isolation from "@/features/isolation/words/en";
import type labeling from "@/features/labeling/words/en";
import type preparation from "@/features/preparation/words/en";
import type projects from "@/features/projects/words/en";
import type quality from "@/features/quality/words/en";
import type sweeps from "@/features/runs/sweeps/words/en";
import type runs from "@/features/runs/words/en";
import type shared from "@/shared/words/en";
import type app from "./words/en";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shared";
    resources: {
      account: typeof account;
      app: typeof app;
      campaigns: typeof campaigns;
      comparison: typeof comparison;
      datasets: typeof datasets;
      isolation: typeof isolation;
      labeling: typeof labeling;
      projects: typeof projects;
      preparation: typeof preparation;
      quality: typeof quality;
      runs: typeof runs;
      shared: typeof shared;
      sweeps: typeof sweeps;
      versions: typeof versions;
    };
  }
}
