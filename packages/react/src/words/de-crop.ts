import type { CropWords } from './crop-words.ts'
import { say } from './de-phrases.ts'

const percent = (share: number): string => `${say.number(share * 100)} Prozent`

/** What the cropper says, in German. */
export const deCrop: CropWords = {
  title: 'Foto zuschneiden',
  stage: 'Foto. Die Pfeiltasten verschieben es.',
  hint: 'Zieh das Foto, zoome mit zwei Fingern oder dem Mausrad, oder nimm die Regler.',
  zoom: 'Zoom',
  across: 'Links und rechts',
  down: 'Oben und unten',
  zoomValue: percent,
  positionValue: percent,
  rotateLeft: 'Nach links drehen',
  rotateRight: 'Nach rechts drehen',
  reset: 'Von vorn beginnen',
  cancel: 'Abbrechen',
  done: 'Foto verwenden',
  opening: 'Das Foto wird geöffnet',
  working: 'Wird vorbereitet',
  failed:
    'Das Foto ließ sich auf diesem Gerät nicht zuschneiden. Verwende es, wie es ist, oder wähle ein anderes.',
}
