/** What prepares annotators for a campaign, and what they told about its clips. */
import { useParams } from "react-router";
import { Flags } from "./Flags";
import "./words";

export default function PreparationPage() {
  const { campaign = "" } = useParams();
  return <Flags campaign={campaign} />;
}
