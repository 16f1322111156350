/** The figures of a version. */
import { Loaded } from "@/shared/parts/Notices";
import { Figures } from "./Figures";
import { useVersionFigures } from "./hooks";
import { useFramedVersion } from "./VersionFrame";

export default function FiguresPage() {
  const query = useVersionFigures(useFramedVersion().id);
  return <Loaded query={query}>{(figures) => <Figures figures={figures} />}</Loaded>;
}
