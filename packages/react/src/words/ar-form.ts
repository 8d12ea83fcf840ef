import { day, photos, say } from './ar-phrases.ts'
import type { FormWords } from './form-words.ts'
import type { TrayWords } from './tray-words.ts'

export const arForm: FormWords = {
  missing: (maxFiles) => (maxFiles === 1 ? 'يجب اختيار صورة.' : 'يجب اختيار صورة واحدة على الأقل.'),
  pending: (count) =>
    `ما زالت ${photos(count, 'subject')} في الطريق. يمكن إرسال النموذج بعد لحظات.`,
  unfinished: (count) => `لم تُرفع ${photos(count, 'subject')}. يمكن إعادة المحاولة أو الإزالة.`,
  kept: 'صور هذا النموذج',
  uploaded: 'تم الرفع',
  parked: 'محفوظة لدينا، وستكتمل من تلقاء نفسها',
  unnamed: (place) => `الصورة ${place}`,
}

export const arTray: TrayWords = {
  waiting: (count) => `تنتظرك هنا ${photos(count, 'subject')}`,
  line: () => 'اختيرت سابقًا ولم يكتمل رفعها بعد.',
  chosen: ({ pickedAt, sizeBytes }, now) => `اختيرت ${day(pickedAt, now)}، ${say.size(sizeBytes)}`,
  uploadAll: 'رفع الكل',
  discardAll: 'حذف الكل',
  confirm: 'ستُحذف النسخ المحفوظة على هذا الجهاز.',
  confirmed: (count) => `حذف ${photos(count, 'object')}`,
  keep: 'إبقاؤها في الانتظار',
  discarded: (count) => `حُذفت ${photos(count, 'subject')}.`,
}
