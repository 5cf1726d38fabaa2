export const LAYOUTS = ['keysyms', 'us', 'gb', 'de', 'ch', 'fr', 'es', 'it', 'se'] as const

export type Layout = (typeof LAYOUTS)[number]

export const LAYOUT_NAMES: Record<Layout, string> = {
  keysyms: 'Any character (the server finds the keys)',
  us: 'English (US)',
  gb: 'English (UK)',
  de: 'German',
  ch: 'German (Switzerland)',
  fr: 'French',
  es: 'Spanish',
  it: 'Italian',
  se: 'Swedish, Finnish',
}

/** One level of a keyboard: its four rows of keys from the left. A space is a key that types nothing there. */
type Level = readonly [digits: string, upper: string, home: string, lower: string]

export interface LayoutTable {
  plain: Level
  shift: Level
  altGr: Level
  /** Keys that type an accent only with the key after them: those of the plain, the shifted and the AltGr level. */
  dead: readonly [plain: string, shift: string, altGr: string]
}

const NOTHING = ['', '', '', ''] as const
const NO_DEAD = ['', '', ''] as const

/** The keys of each row, as browsers name them: a European keyboard, whose ISO key is IntlBackslash. */
export const ROWS: readonly (readonly string[])[] = [
  ['Backquote', ...Array.from('1234567890').map((digit) => `Digit${digit}`), 'Minus', 'Equal'],
  [...Array.from('QWERTYUIOP').map((letter) => `Key${letter}`), 'BracketLeft', 'BracketRight'],
  [...Array.from('ASDFGHJKL').map((letter) => `Key${letter}`), 'Semicolon', 'Quote', 'Backslash'],
  ['IntlBackslash', ...Array.from('ZXCVBNM').map((letter) => `Key${letter}`), 'Comma', 'Period', 'Slash'],
]

/** What the keys type in guests of these layouts, as Linux has them. `keysyms` needs no table. */
export const LAYOUT_TABLES: Record<Exclude<Layout, 'keysyms'>, LayoutTable> = {
  us: {
    plain: ['`1234567890-=', 'qwertyuiop[]', "asdfghjkl;'\\", ' zxcvbnm,./'],
    shift: ['~!@#$%^&*()_+', 'QWERTYUIOP{}', 'ASDFGHJKL:"|', ' ZXCVBNM<>?'],
    altGr: NOTHING,
    dead: NO_DEAD,
  },
  gb: {
    plain: ['`1234567890-=', 'qwertyuiop[]', "asdfghjkl;'#", '\\zxcvbnm,./'],
    shift: ['¬!"£$%^&*()_+', 'QWERTYUIOP{}', 'ASDFGHJKL:@~', '|ZXCVBNM<>?'],
    altGr: ['¦   €', '', '', ''],
    dead: NO_DEAD,
  },
  de: {
    plain: ['^1234567890ß´', 'qwertzuiopü+', 'asdfghjklöä#', '<yxcvbnm,.-'],
    shift: ['°!"§$%&/()=?`', 'QWERTZUIOPÜ*', "ASDFGHJKLÖÄ'", '>YXCVBNM;:_'],
    altGr: ['  ²³   {[]}\\', '@ €        ~', '', '|      µ'],
    dead: ['^´', '`', ''],
  },
  ch: {
    plain: ["§1234567890'^", 'qwertzuiopü¨', 'asdfghjklöä$', '<yxcvbnm,.-'],
    shift: ['°+"*ç%&/()=?`', 'QWERTZUIOPè!', 'ASDFGHJKLéà£', '>YXCVBNM;:_'],
    altGr: [' ¦@#  ¬|¢  ´~', '  €       []', '          {}', '\\'],
    dead: ['^¨', '`', '´~'],
  },
  fr: {
    plain: ['²&é"\'(-è_çà)=', 'azertyuiop^$', 'qsdfghjklmù*', '<wxcvbn,;:!'],
    shift: [' 1234567890°+', 'AZERTYUIOP¨£', 'QSDFGHJKLM%µ', '>WXCVBN?./§'],
    altGr: ['  ~#{[|`\\^@]}', '  €        ¤', '', ''],
    dead: ['^', '¨', ''],
  },
  es: {
    plain: ["º1234567890'¡", 'qwertyuiop`+', 'asdfghjklñ´ç', '<zxcvbnm,.-'],
    shift: ['ª!"·$%&/()=?¿', 'QWERTYUIOP^*', 'ASDFGHJKLÑ¨Ç', '>ZXCVBNM;:_'],
    altGr: ['\\|@#~ ¬', '  €       []', '          {}', ''],
    dead: ['`´', '^¨', ''],
  },
  it: {
    plain: ["\\1234567890'ì", 'qwertyuiopè+', 'asdfghjklòàù', '<zxcvbnm,.-'],
    shift: ['|!"£$%&/()=?^', 'QWERTYUIOPé*', 'ASDFGHJKLç°§', '>ZXCVBNM;:_'],
    altGr: ['       {[]}`~', '  €       []', '         @#', ''],
    dead: NO_DEAD,
  },
  se: {
    plain: ['§1234567890+´', 'qwertyuiopå¨', "asdfghjklöä'", '<zxcvbnm,.-'],
    shift: ['½!"#¤%&/()=?`', 'QWERTYUIOPÅ^', 'ASDFGHJKLÖÄ*', '>ZXCVBNM;:_'],
    altGr: ['  @£$€ {[]}\\', '  €        ~', '', '|'],
    dead: ['´¨', '`^', '~'],
  },
}
