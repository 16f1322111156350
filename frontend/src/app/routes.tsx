/** Every address of the app; each page is a chunk of its own, so an annotator never downloads the charts. */
import { createBrowserRouter, useRouteError } from "react-router";
import { Failure } from "@/shared/parts/Notices";
import { Lost, SignedIn, Start } from "./gates";

type Page = { default: React.ComponentType };
const page = (load: () => Promise<Page>) => async () => ({ Component: (await load()).default });

function Broken() {
  return <Failure error={useRouteError()} retry={() => window.location.reload()} />;
}

export const router = createBrowserRouter([
  {
    ErrorBoundary: Broken,
    HydrateFallback: () => null,
    children: [
      { path: "/sign-in", lazy: page(() => import("@/features/account/SignInPage")) },
      {
        Component: SignedIn,
        children: [
          { index: true, Component: Start },
          {
            path: "/work/:campaign/:modality",
            lazy: page(() => import("@/features/labeling/LabelingPage")),
          },
          {
            lazy: page(() => import("./Shell")),
            children: [
              {
                ErrorBoundary: Broken,
                children: [
                  { path: "/work", lazy: page(() => import("@/features/labeling/MyWorkPage")) },
                  { path: "/projects", lazy: page(() => import("@/features/projects/ProjectsPage")) },
                  { path: "/projects/:project", lazy: page(() => import("@/features/projects/ProjectPage")) },
                  {
                    path: "/projects/:project/clips",
                    lazy: page(() => import("@/features/datasets/clips/ClipsPage")),
                  },
                  {
                    path: "/projects/:project/campaigns",
                    lazy: page(() => import("@/features/campaigns/CampaignsPage")),
                  },
                  {
                    path: "/projects/:project/campaigns/:campaign",
                    lazy: page(() => import("@/features/campaigns/CampaignFrame")),
                    children: [
                      { index: true, lazy: page(() => import("@/features/campaigns/ProgressPage")) },
                      {
                        path: "figures",
                        lazy: page(() => import("@/features/datasets/versions/CampaignFiguresPage")),
                      },
                      { path: "isolation", lazy: page(() => import("@/features/isolation/IsolationPage")) },
                      { path: "quality", lazy: page(() => import("@/features/quality/QualityPage")) },
                      { path: "contested", lazy: page(() => import("@/features/quality/ContestedPage")) },
                      { path: "labels", lazy: page(() => import("@/features/quality/RulesPage")) },
                      {
                        path: "contested/:clip",
                        lazy: page(() => import("@/features/quality/ContestedClipPage")),
                      },
                      {
                        path: "preparation",
                        lazy: page(() => import("@/features/preparation/PreparationPage")),
                      },
                    ],
                  },
                  {
                    path: "/projects/:project/versions",
                    lazy: page(() => import("@/features/datasets/versions/VersionsPage")),
                  },
                  {
                    path: "/projects/:project/versions/:version",
                    lazy: page(() => import("@/features/datasets/versions/VersionFrame")),
                    children: [
                      { index: true, lazy: page(() => import("@/features/datasets/versions/VersionPage")) },
                      {
                        path: "figures",
                        lazy: page(() => import("@/features/datasets/versions/FiguresPage")),
                      },
                      {
                        path: "splits",
                        lazy: page(() => import("@/features/datasets/versions/SplitsPage")),
                      },
                      {
                        path: "changes",
                        lazy: page(() => import("@/features/datasets/versions/ChangesPage")),
                      },
                      {
                        path: "lineage",
                        lazy: page(() => import("@/features/datasets/versions/LineagePage")),
                      },
                      {
                        path: "comparison",
                        lazy: page(() => import("@/features/comparison/ComparisonPage")),
                      },
                    ],
                  },
                  { path: "/projects/:project/runs", lazy: page(() => import("@/features/runs/RunsPage")) },
                  {
                    path: "/projects/:project/runs/:run",
                    lazy: page(() => import("@/features/runs/RunPage")),
                  },
                  {
                    path: "/projects/:project/runs/:run/swap",
                    lazy: page(() => import("@/features/runs/understanding/SwapPage")),
                  },
                  {
                    path: "/projects/:project/sweeps",
                    lazy: page(() => import("@/features/runs/sweeps/SweepsPage")),
                  },
                  {
                    path: "/projects/:project/sweeps/:sweep",
                    lazy: page(() => import("@/features/runs/sweeps/SweepPage")),
                  },
                  {
                    path: "/projects/:project/experiments",
                    lazy: page(() => import("@/features/runs/experiments/ExperimentsPage")),
                  },
                  {
                    path: "/projects/:project/experiments/:experiment",
                    lazy: page(() => import("@/features/runs/experiments/ExperimentPage")),
                  },
                  {
                    path: "/projects/:project/compare",
                    lazy: page(() => import("@/features/runs/experiments/ComparePage")),
                  },
                  { path: "*", Component: Lost },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
]);
