import { photos, say } from './ar-phrases.ts'
import type { GridWords } from './grid-words.ts'
import type { PictureWords } from './picture-words.ts'

/** What a picture says, in Arabic. */
export const arPicture: PictureWords = {
  missing: 'يتعذر عرضها الآن',
  unfinished: 'ليست جاهزة بعد',
}

/** What a gallery says, in Arabic. */
export const arGrid: GridWords = {
  name: 'الصور',
  loading: 'جارٍ تحميل الصور',
  empty: { title: 'لا توجد صور بعد', line: 'ستظهر هنا الصور التي تُضاف.' },
  failed: {
    title: 'يتعذر عرض قائمة الصور الآن',
    lines: {
      server: 'يتعذر الوصول إلى خادمنا. لم يضع شيء، ويمكنك المحاولة مرة أخرى.',
      'image-host': 'تواجه خدمة الصور لدينا مشكلة. لم يضع شيء، ويمكنك المحاولة مرة أخرى.',
      fault: 'الخلل من جانبنا، وقد لا تفيد المحاولة الآن. لم يضع شيء.',
      'too-many': 'وصلت طلبات كثيرة في وقت قصير. انتظر لحظة ثم حاول مرة أخرى.',
      'signed-out': 'تم تسجيل خروجك. سجّل الدخول لترى الصور.',
      'not-allowed': 'لا يمكنك رؤية الصور هنا.',
    },
  },
  retry: 'إعادة المحاولة',
  signIn: 'تسجيل الدخول',
  more: 'عرض المزيد',
  loadingMore: 'جارٍ جلب المزيد',
  moreFailed: 'تعذر جلب المزيد من الصور. الصور أعلاه ما زالت هنا.',
  end: (count) => `هذا كل شيء: ${photos(count, 'subject')}.`,
  arrived: (count) => `وصل المزيد: ${photos(count, 'subject')}`,
  selected: (count, total) => `تم تحديد ${say.number(count)} من ${say.number(total)}`,
  selectAll: 'تحديد الكل',
  clear: 'إلغاء التحديد',
}
