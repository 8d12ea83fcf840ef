/** Everything in Arabic, an entry of its own: who does not use it does not carry it. */
import { arAvatar } from './ar-avatar.ts'
import { arCrop } from './ar-crop.ts'
import { arForm, arTray } from './ar-form.ts'
import { arGrid } from './ar-grid.ts'
import { arPicture } from './ar-picture.ts'
import { arQueue } from './ar-queue.ts'
import { arStates } from './ar-states.ts'
import { photos, say, typeList } from './ar-phrases.ts'
import type { Language } from './language.ts'

/** Speaks Modern Standard Arabic. The page's `dir="rtl"` is for the app to set. */
export const ar: Language = {
  states: arStates,
  labels: {
    cancel: 'إلغاء',
    retry: 'إعادة المحاولة',
    tryNow: 'المحاولة الآن',
    remove: 'إزالة',
    discard: 'حذف',
    chooseAnother: 'اختيار صورة أخرى',
    checkNow: 'الفحص الآن',
    upload: 'رفع',
    signIn: 'تسجيل الدخول',
  },
  actionName: (label, filename) => `${label}، ${filename}`,
  zone: {
    choose: (maxFiles) => (maxFiles === 1 ? 'اختيار صورة' : 'اختيار صور'),
    takePhoto: 'التقاط صورة',
    drop: () => 'أو السحب إلى هنا',
    limits: ({ types, maxBytes }) => `${typeList(types)}، حتى ${say.size(maxBytes)}`,
    leftOut: (count, maxFiles) =>
      `الحد الأقصى ${photos(maxFiles, 'subject')}. لم تُضف ${photos(count, 'subject')}.`,
  },
  list: 'الصور',
  queue: arQueue,
  progress: {
    name: (title, filename) => `${title}، ${filename}`,
    value: (loadedBytes, totalBytes) => say.sizes(loadedBytes, totalBytes, ' من '),
  },
  announcements: {
    started: (count, filename) => `جارٍ رفع ${count === 1 ? filename : photos(count, 'object')}.`,
    half: (filename) => `اكتمل نصف رفع ${filename}.`,
    settled: (filename, title, line) => [`${filename}: ${title}.`, line].join(' ').trim(),
    removed: (filename) => `أُزيلت ${filename}.`,
  },
  avatar: arAvatar,
  crop: arCrop,
  form: arForm,
  grid: arGrid,
  picture: arPicture,
  tray: arTray,
  toasts: {
    region: 'إشعارات الصور ({hotkey})',
    close: 'إغلاق',
    elsewhere: (actionName) => `${actionName}، في قائمة الصور`,
  },
}
