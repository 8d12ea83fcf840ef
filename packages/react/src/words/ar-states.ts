import {
  day,
  megapixels,
  overLimit,
  pixels,
  say,
  timeLeft,
  tryAgain,
  tryingAgain,
  typeList,
} from './ar-phrases.ts'
import { isolate } from './isolate.ts'
import type { StateWords } from './words.ts'

/** What is said in each state, in Arabic. */
export const arStates: StateWords = {
  queued: { title: 'في قائمة الانتظار', line: '', actions: ['cancel'] },
  checking: { title: 'جارٍ الفحص', line: '', actions: ['cancel'] },
  preparing: { title: 'جارٍ التجهيز', line: '', actions: ['cancel'] },
  uploading: {
    title: 'جارٍ الرفع',
    line: ({ loadedBytes, totalBytes, remainingMs }) =>
      `${say.sizes(loadedBytes, totalBytes, ' من ')}${timeLeft(remainingMs)}`,
    actions: ['cancel'],
  },
  relaying: {
    title: 'عبر طريق آخر',
    line: 'خدمة الصور لدينا بطيئة في الرد، لذلك نرسل الصورة بأنفسنا.',
    actions: ['cancel'],
  },
  parked: {
    title: 'محفوظة لدينا، وستكتمل من تلقاء نفسها',
    line: 'تواجه خدمة الصور لدينا صعوبات. صورتك لدينا وسنرسلها لاحقًا. يمكنك إغلاق هذه الصفحة.',
    actions: ['remove'],
  },
  processing: {
    title: 'على وشك الانتهاء',
    line: 'ننتظر أن تصبح الصورة جاهزة.',
    actions: [],
  },
  'still-checking': {
    title: 'وصلت، وما زال الفحص جاريًا',
    line: 'صورتك بأمان لدينا. يمكنك المتابعة.',
    actions: ['checkNow'],
  },
  waiting: {
    offline: {
      title: 'في انتظار الاتصال',
      line: 'لا يوجد اتصال بالإنترنت. سنتابع عند عودته.',
      actions: ['remove'],
    },
    circuit: paused(['tryNow', 'remove']),
    rate: paused(['remove']),
    limit: { ...paused(['remove']), line: 'أُضيفت صور كثيرة في وقت قصير.' },
  },
  restored: {
    title: 'هنا صورة تنتظرك',
    line: (_, { item, now }) =>
      `اخترت ${isolate(item.name)} ${day(item.pickedAt, now)}. لم يكتمل رفعها بعد.`,
    actions: ['upload', 'discard'],
  },
  'not-uploaded': {
    'image-host': notUploaded('لا يمكننا الوصول إلى خدمة الصور لدينا.'),
    server: notUploaded('لا يمكننا الوصول إلى خادمنا.'),
    fault: {
      title: 'لم تُرفع الصورة',
      line: 'هناك خلل من جانبنا، ولن تفيد إعادة المحاولة الآن. ما زالت صورتك هنا.',
      actions: ['retry', 'remove'],
    },
    'not-allowed': {
      title: 'لم تُرفع الصورة',
      line: 'لا يمكنك إضافة صور هنا.',
      actions: ['remove'],
    },
    'too-many': {
      title: 'لم تُرفع الصورة',
      line: ({ retryAt }, { now }) =>
        `أضفت صورًا كثيرة في وقت قصير. ما زالت صورتك هنا. ${tryAgain(retryAt, now)}`,
      actions: ['retry', 'remove'],
    },
    'signed-out': {
      title: 'لم تُرفع الصورة',
      line: 'انتهت جلستك. بعد تسجيل الدخول ستبقى صورتك هنا.',
      actions: ['signIn', 'remove'],
    },
  },
  'draft-saved': {
    kept: {
      title: 'محفوظة على هذا الجهاز',
      line: 'لم يكتمل الرفع. لا حاجة إلى اختيار الصورة مرة أخرى.',
      actions: ['retry', 'discard'],
    },
    'no-room': {
      title: 'لم يكتمل الرفع',
      line: 'لا مساحة على هذا الجهاز لحفظ نسخة، لذلك يجب أن تبقى هذه الصفحة مفتوحة.',
      actions: ['retry', 'discard'],
    },
    unavailable: {
      title: 'لم يكتمل الرفع',
      line: 'لا تُحفظ نسخة على هذا الجهاز، لذلك يجب أن تبقى هذه الصفحة مفتوحة.',
      actions: ['retry', 'discard'],
    },
  },
  rejected: {
    empty: rejected('هذا الملف فارغ', () => 'لا توجد صورة فيه.'),
    'too-large': rejected('هذه الصورة كبيرة جدًا', ({ failure }, { item, policy }) =>
      overLimit(failure.measure ?? { actual: item.sizeBytes, limit: policy.maxBytes }, {
        subject: 'حجمها',
        write: say.size,
      }),
    ),
    type: rejected(
      'هذا النوع من الملفات غير مناسب',
      (_, { policy }) => `الأنواع المقبولة: ${typeList(policy.types)}.`,
    ),
    damaged: rejected('يبدو هذا الملف تالفًا', () => 'لم نتمكن من قراءته على أنه صورة.'),
    dimensions: rejected('عدد بكسلات هذه الصورة كبير جدًا', ({ failure }, { policy }) =>
      overLimit(failure.measure ?? { limit: policy.maxDimension }, {
        subject: 'طول ضلعها الأكبر',
        write: pixels,
      }),
    ),
    pixels: rejected('عدد بكسلات هذه الصورة كبير جدًا', ({ failure }, { policy }) =>
      overLimit(failure.measure ?? { limit: policy.maxPixels }, {
        subject: 'فيها',
        write: megapixels,
      }),
    ),
    animation: rejected('هذه الصورة المتحركة كبيرة جدًا', ({ failure }, { policy }) =>
      overLimit(failure.measure ?? { limit: policy.maxAnimationPixels }, {
        subject: 'في كل إطاراتها معًا',
        write: megapixels,
      }),
    ),
    'by-host': rejected('تعذّر استخدام هذه الصورة', () => 'لم تتمكن خدمة الصور من قراءتها.'),
  },
  done: { title: 'تم الرفع', line: '', actions: [] },
}

type Waiting = StateWords['waiting']['circuit']
type NotUploaded = StateWords['not-uploaded']['server']
type Rejected = StateWords['rejected']['empty']

function paused(actions: Waiting['actions']): Waiting {
  return {
    title: ({ retryAt }, { now }) => tryingAgain(retryAt, now),
    line: 'طلبت خدمة الصور لدينا التمهل قليلًا.',
    actions,
  }
}

function notUploaded(cause: string): NotUploaded {
  return {
    title: 'لم تُرفع الصورة',
    line: ({ retryAt }, { now }) =>
      `${cause} لم يُرسل شيء، وما زالت صورتك هنا. ${tryAgain(retryAt, now)}`,
    actions: ['retry', 'remove'],
  }
}

function rejected(title: string, line: Exclude<Rejected['line'], string>): Rejected {
  return { title, line, actions: ['chooseAnother', 'remove'] }
}
