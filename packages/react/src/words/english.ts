import { enAvatar } from './en-avatar.ts'
import { enCrop } from './en-crop.ts'
import { enForm, enTray } from './en-form.ts'
import { enGrid } from './en-grid.ts'
import { enPicture } from './en-picture.ts'
import { en } from './en.ts'
import type { Language } from './language.ts'

/** Everything in English. The parts themselves carry only the English they say. */
export const english: Language = {
  ...en,
  avatar: enAvatar,
  crop: enCrop,
  form: enForm,
  grid: enGrid,
  picture: enPicture,
  tray: enTray,
}
