/** The figures of a version. */
import { Computed } from "@/shared/analyses/Computed";
import { Figures } from "./Figures";
import { useVersionFigures } from "./hooks";
import { useFramedVersion } from "./VersionFrame";

export default function FiguresPage() {
  const query = useVersionFigures(useFramedVersion().id);
  return <Computed query={query}>{(figures) => <Figures figures={figures} />}</Computed>;
}
