// The scripts of the local page. Each adds to a page that works without it, and none computes anything of an answer.
import { beside } from "./beside";
import { draft } from "./draft";
import { blockHere } from "./block_here";
import { files } from "./files";
import { months } from "./months";
import { refine } from "./refine";
import { watch } from "./watch";

blockHere(document);
files(document);
months(document);
beside(document, window);
const storage = kept();
if (storage) draft(document, storage);
void refine(document, window);
watch(document, window);

// What this browser keeps; nothing where it is told to keep nothing.
function kept(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
