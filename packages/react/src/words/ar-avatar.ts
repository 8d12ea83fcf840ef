import type { AvatarWords } from './avatar-words.ts'

/** The photo of somebody, or the photo. */
const photo = (name: string): string => (name === '' ? 'الصورة' : `صورة ${name}`)

/** What is said around an avatar that can be changed, in Arabic. */
export const arAvatar: AvatarWords = {
  name: (does, name) => `${does === 'add' ? 'إضافة' : 'تغيير'} ${photo(name)}`,
  verb: { add: 'إضافة', change: 'تغيير' },
  undo: 'تراجع',
  undoName: (name) => `تراجع، ${photo(name)}`,
  remove: 'إزالة',
  removeName: (name) => `إزالة ${photo(name)}`,
  drop: 'إفلات الصورة هنا',
  undone: (name) => `عادت ${photo(name)} كما كانت.`,
  removed: (name) => `أُزيلت ${photo(name)}.`,
}
