import type { AvatarWords } from './avatar-words.ts'

const of = (name: string): string => (name === '' ? '' : ` von ${name}`)

/** What is said around an avatar that can be changed, in German. */
export const deAvatar: AvatarWords = {
  name: (does, name) => `${does === 'add' ? 'Hinzufügen' : 'Ändern'}, Foto${of(name)}`,
  verb: { add: 'Hinzufügen', change: 'Ändern' },
  undo: 'Rückgängig',
  undoName: (name) => `Rückgängig, Foto${of(name)}`,
  remove: 'Entfernen',
  removeName: (name) => `Entfernen, Foto${of(name)}`,
  drop: 'Foto hier ablegen',
  undone: (name) => `Das Foto${of(name)} ist wie vorher.`,
  removed: (name) => `Das Foto${of(name)} ist entfernt.`,
}
