import { photos, say } from './de-phrases.ts'
import type { GridWords } from './grid-words.ts'

/** What a gallery says, in German. */
export const deGrid: GridWords = {
  name: 'Fotos',
  loading: 'Fotos werden geladen',
  empty: {
    title: 'Noch keine Fotos',
    line: 'Hier erscheinen die Fotos, die hinzugefügt werden.',
  },
  failed: {
    title: 'Die Fotos lassen sich gerade nicht anzeigen',
    lines: {
      server:
        'Wir erreichen unseren Server nicht. Es ist nichts verloren, und du kannst es noch einmal versuchen.',
      'image-host':
        'Unser Bilddienst hat gerade Schwierigkeiten. Es ist nichts verloren, und du kannst es noch einmal versuchen.',
      fault:
        'Der Fehler liegt bei uns, und ein neuer Versuch hilft gerade vielleicht nicht. Es ist nichts verloren.',
      'too-many':
        'Es kamen viele Anfragen in kurzer Zeit. Warte einen Moment und versuch es dann noch einmal.',
      'signed-out': 'Du bist abgemeldet. Melde dich an, um sie zu sehen.',
      'not-allowed': 'Du kannst hier keine Fotos sehen.',
    },
  },
  retry: 'Erneut versuchen',
  signIn: 'Anmelden',
  more: 'Mehr anzeigen',
  loadingMore: 'Weitere werden geladen',
  moreFailed: 'Wir konnten keine weiteren Fotos laden. Die oben sind noch da.',
  end: (count) => `Das sind alle: ${photos(count)}.`,
  arrived: (count) => (count === 1 ? '1 weiteres Foto' : `${say.number(count)} weitere Fotos`),
  selected: (count, total) => `${say.number(count)} von ${say.number(total)} ausgewählt`,
  selectAll: 'Alle auswählen',
  clear: 'Auswahl aufheben',
}
