import { photos, say } from './ar-phrases.ts'
import type { GridWords } from './grid-words.ts'

/** What a gallery says, in Arabic. */
export const arGrid: GridWords = {
  name: 'الصور',
  loading: 'جارٍ تحميل الصور',
  empty: { title: 'لا صور بعد', line: 'ستظهر هنا الصور التي تُضاف.' },
  failed: {
    title: 'تعذّر عرض الصور الآن',
    lines: {
      server: 'لا يمكننا الوصول إلى خادمنا. لم يضع شيء، ويمكن إعادة المحاولة.',
      'image-host': 'تواجه خدمة الصور لدينا صعوبات. لم يضع شيء، ويمكن إعادة المحاولة.',
      fault: 'هناك خلل من جانبنا، وقد لا تفيد إعادة المحاولة الآن. لم يضع شيء.',
      'too-many': 'وردت طلبات كثيرة في وقت قصير. يمكن إعادة المحاولة بعد لحظات.',
      'signed-out': 'انتهت جلستك. تظهر الصور بعد تسجيل الدخول.',
      'not-allowed': 'لا يمكنك رؤية الصور هنا.',
    },
  },
  retry: 'إعادة المحاولة',
  signIn: 'تسجيل الدخول',
  more: 'عرض المزيد',
  loadingMore: 'جارٍ جلب المزيد',
  moreFailed: 'لم نتمكن من جلب المزيد من الصور. ما زالت الصور السابقة هنا.',
  end: (count) => `هذا كل شيء: ${photos(count, 'subject')}.`,
  arrived: (count) => `ظهرت ${photos(count, 'subject')}`,
  selected: (count, total) => `المحدد ${say.number(count)} من ${say.number(total)}`,
  selectAll: 'تحديد الكل',
  clear: 'إلغاء التحديد',
}
