import { TABS as CAMPAIGN_TABS } from "@/features/campaigns/CampaignFrame";
import { TABS as VERSION_TABS } from "@/features/datasets/versions/VersionFrame";
import { router } from "./routes";

type Routes = typeof router.routes;

/** Every address of the app, with its parameters. */
function addresses(routes: Routes, before = ""): string[] {
  return routes.flatMap((route) => {
    const path = route.path?.startsWith("/") ? route.path : [before, route.path].filter(Boolean).join("/");
    return [path, ...(route.children ? addresses(route.children, path) : [])];
  });
}

test.each([
  ["/projects/:project/campaigns/:campaign", CAMPAIGN_TABS],
  ["/projects/:project/versions/:version", VERSION_TABS],
])("every tab under %s has a page", (home, tabs) => {
  const known = addresses(router.routes);
  const [, ...others] = tabs;
  expect(others.map((name) => `${home}/${name}`).filter((address) => !known.includes(address))).toEqual([]);
});
