import { photos, say } from './de-phrases.ts'
import type { GridWords } from './grid-words.ts'
import type { PictureWords } from './picture-words.ts'

/** What a picture says, in German. */
export const dePicture: PictureWords = {
  missing: 'Gerade nicht zu sehen',
  unfinished: 'Noch nicht fertig',
}

/** What a gallery says, in German. */
export const deGrid: GridWords = {
  name: 'Fotos',
  loading: 'Fotos werden geladen',
  empty: { title: 'Noch keine Fotos', line: 'Hinzugefügte Fotos erscheinen hier.' },
  failed: {
    title: 'Die Fotos sind gerade nicht abrufbar',
    lines: {
      server: 'Unser Server ist nicht erreichbar. Nichts ist verloren, versuche es noch einmal.',
      'image-host': 'Unser Bilddienst ist gestört. Nichts ist verloren, versuche es noch einmal.',
      fault:
        'Der Fehler liegt bei uns, und ein neuer Versuch hilft jetzt kaum. Nichts ist verloren.',
      'too-many':
        'Es waren viele Anfragen in kurzer Zeit. Warte einen Moment und versuche es erneut.',
      'signed-out': 'Du bist abgemeldet. Melde dich an, um sie zu sehen.',
      'not-allowed': 'Du kannst hier keine Fotos sehen.',
    },
  },
  retry: 'Erneut versuchen',
  signIn: 'Anmelden',
  more: 'Mehr anzeigen',
  loadingMore: 'Weitere werden geladen',
  moreFailed: 'Weitere Fotos sind gerade nicht abrufbar. Die oben sind noch da.',
  end: (count) => `Das sind alle: ${photos(count)}.`,
  arrived: (count) => (count === 1 ? '1 weiteres Foto' : `${say.number(count)} weitere Fotos`),
  selected: (count, total) => `${say.number(count)} von ${say.number(total)} ausgewählt`,
  selectAll: 'Alle auswählen',
  clear: 'Auswahl aufheben',
}
