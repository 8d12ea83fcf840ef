import type { CropWords } from './crop-words.ts'
import type { Words } from './words.ts'

/** What is said around an avatar that can be changed. */
export interface AvatarWords {
  /** Names the avatar as a button. The name is empty where nobody knows it. Holds `verb` as it is shown. */
  readonly name: (does: 'add' | 'change', name: string) => string
  /** Shown over the avatar while it is pointed at or focused. */
  readonly verb: { readonly add: string; readonly change: string }
  readonly undo: string
  readonly undoName: (name: string) => string
  readonly remove: string
  readonly removeName: (name: string) => string
  /** Shown beneath while a file is dragged over the avatar. */
  readonly drop: string
  /** Spoken, not shown. */
  readonly undone: (name: string) => string
  readonly removed: (name: string) => string
}

/** All that an avatar upload says; with the words of the cropper where there is one. */
export interface AvatarUploadWords extends Words {
  readonly avatar: AvatarWords
  readonly crop?: CropWords
}
