import type { AvatarWords } from './avatar-words.ts'
import type { CropWords } from './crop-words.ts'
import type { FormWords } from './form-words.ts'
import type { GridWords } from './grid-words.ts'
import type { PictureWords } from './picture-words.ts'
import type { TrayWords } from './tray-words.ts'
import type { Words } from './words.ts'

/** Everything the kit says in one language. A language that leaves something out does not compile. */
export interface Language extends Words {
  readonly avatar: AvatarWords
  readonly crop: CropWords
  readonly form: FormWords
  readonly grid: GridWords
  readonly picture: PictureWords
  readonly tray: TrayWords
}
