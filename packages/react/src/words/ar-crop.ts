import { say } from './ar-phrases.ts'
import type { CropWords } from './crop-words.ts'

const percent = (share: number): string => `${say.number(share * 100)} بالمئة`

/** What the cropper says, in Arabic. */
export const arCrop: CropWords = {
  title: 'قص الصورة',
  stage: 'الصورة. تحركها مفاتيح الأسهم.',
  hint: 'يمكن سحب الصورة، وتكبيرها بإصبعين أو بعجلة الفأرة، أو استخدام أشرطة التمرير.',
  zoom: 'التكبير',
  across: 'يمينًا ويسارًا',
  down: 'أعلى وأسفل',
  zoomValue: percent,
  positionValue: percent,
  rotateLeft: 'تدوير إلى اليسار',
  rotateRight: 'تدوير إلى اليمين',
  reset: 'البدء من جديد',
  cancel: 'إلغاء',
  done: 'استخدام الصورة',
  opening: 'جارٍ فتح الصورة',
  working: 'جارٍ التجهيز',
  failed: 'تعذّر قص الصورة على هذا الجهاز. يمكن استخدامها كما هي أو اختيار صورة أخرى.',
}
