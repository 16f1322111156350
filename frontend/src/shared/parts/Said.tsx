/** A sentence that the server keeps, in the page's language; English on a Chinese page is marked as such. */
import { useTranslation } from "react-i18next";
import { type Kept, saidIn } from "@/shared/words/sentences";

export function Said({ of }: { of: Kept }) {
  const { i18n } = useTranslation();
  const { sentence, original } = saidIn(i18n.language, of);
  return (
    <>
      {sentence}
      {original && (
        <>
          {sentence && " "}
          <span lang="en">{original}</span>
        </>
      )}
    </>
  );
}
