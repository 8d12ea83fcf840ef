import type { FormWords } from './form-words.ts'
import type { GridWords } from './grid-words.ts'
import type { PictureWords } from './picture-words.ts'
import type { TrayWords } from './tray-words.ts'
import type { Words } from './words.ts'

/** Everything the kit says in one language. A language that leaves something out does not compile. */
export interface Language extends Words {
  readonly form: FormWords
  readonly tray: TrayWords
  readonly picture: PictureWords
  readonly grid: GridWords
}
