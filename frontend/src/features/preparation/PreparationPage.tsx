/** What prepares annotators for a campaign, and what they told about its clips. */
import { useParams } from "react-router";
import { isAdmin, useSession } from "@/api/session";
import { Loaded } from "@/shared/parts/Notices";
import { Annotators } from "./Annotators";
import { CalibrationFlags, Flags } from "./Flags";
import { usePreparation } from "./hooks";
import { References } from "./References";
import { Repeats } from "./Repeats";
import { Settings } from "./Settings";
import "./words";

export default function PreparationPage() {
  const { project = "", campaign = "" } = useParams();
  const session = useSession().data;
  const mayChange = session !== undefined && isAdmin(session, project);
  const query = usePreparation(campaign);
  return (
    <>
      <Loaded query={query}>
        {(preparation) => (
          <>
            <Settings
              key={JSON.stringify([preparation.gap_hours, preparation.checks, preparation.calibration])}
              campaign={campaign}
              preparation={preparation}
              mayChange={mayChange}
            />
            <Repeats campaign={campaign} preparation={preparation} mayChange={mayChange} />
            <References use="standard" project={project} campaign={campaign} mayChange={mayChange} />
            <References use="calibration" project={project} campaign={campaign} mayChange={mayChange} />
            <Annotators campaign={campaign} preparation={preparation} mayChange={mayChange} />
          </>
        )}
      </Loaded>
      <Flags campaign={campaign} />
      <CalibrationFlags campaign={campaign} />
    </>
  );
}
