import type { CropWords } from './crop-words.ts'
import { say } from './en-phrases.ts'

/** The cropper's words in English. */
export const enCrop: CropWords = {
  title: 'Crop the photo',
  stage: 'Photo. The arrow keys move it.',
  hint: 'Drag the photo, pinch or scroll to zoom, or use the sliders.',
  zoom: 'Zoom',
  across: 'Left and right',
  down: 'Up and down',
  zoomValue: (times) => `${say.number(times * 100)} per cent`,
  positionValue: (share) => `${say.number(share * 100)} per cent`,
  rotateLeft: 'Turn left',
  rotateRight: 'Turn right',
  reset: 'Start over',
  cancel: 'Cancel',
  done: 'Use photo',
  opening: 'Opening the photo',
  working: 'Getting ready',
  failed: 'The photo could not be cropped on this device. Use it as it is, or choose another.',
}
