import { fromDirectory } from '../system/path.ts'
import { complain, print, type Process } from '../system/process.ts'
import { withOptions } from './options.ts'

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** strftime in UTC, which is the zone of every guest. */
export function formatTime(format: string, ms: number): string {
  const date = new Date(ms)
  const pad = (value: number, width = 2, fill = '0') => String(value).padStart(width, fill)
  const [day, month] = [DAYS[date.getUTCDay()] ?? '', MONTHS[date.getUTCMonth()] ?? '']
  const hour = date.getUTCHours()
  const yearDay = Math.floor((ms - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1
  const meanings: Record<string, () => string> = {
    Y: () => String(date.getUTCFullYear()),
    y: () => pad(date.getUTCFullYear() % 100),
    m: () => pad(date.getUTCMonth() + 1),
    d: () => pad(date.getUTCDate()),
    e: () => pad(date.getUTCDate(), 2, ' '),
    H: () => pad(hour),
    I: () => pad(hour % 12 || 12),
    M: () => pad(date.getUTCMinutes()),
    S: () => pad(date.getUTCSeconds()),
    p: () => (hour < 12 ? 'AM' : 'PM'),
    N: () => `${pad(date.getUTCMilliseconds(), 3)}000000`,
    s: () => String(Math.floor(ms / 1000)),
    a: () => day.slice(0, 3),
    A: () => day,
    b: () => month.slice(0, 3),
    h: () => month.slice(0, 3),
    B: () => month,
    j: () => pad(yearDay, 3),
    u: () => String(date.getUTCDay() || 7),
    w: () => String(date.getUTCDay()),
    Z: () => 'UTC',
    z: () => '+0000',
    n: () => '\n',
    t: () => '\t',
    '%': () => '%',
    F: () => date.toISOString().slice(0, 10),
    T: () => date.toISOString().slice(11, 19),
    R: () => date.toISOString().slice(11, 16),
    D: () => formatTime('%m/%d/%y', ms),
    c: () => formatTime('%a %b %e %H:%M:%S %Y', ms),
    x: () => formatTime('%m/%d/%y', ms),
    X: () => formatTime('%H:%M:%S', ms),
  }
  return format.replace(/%-?(\d*)([a-zA-Z%])/g, (whole, width: string, letter: string) => {
    const text = meanings[letter]?.()
    if (text === undefined) return whole
    if (letter === 'N' && width !== '') return text.slice(0, Number(width))
    return whole.startsWith('%-') ? text.replace(/^[0 ]+(?=.)/, '') : text
  })
}

/** What `-d` understands: `@seconds`, ISO dates, `now`, `yesterday`, `2 hours ago`. */
function momentOf(text: string, now: number): number {
  if (/^@-?\d+(?:\.\d+)?$/.test(text)) return Number(text.slice(1)) * 1000
  const named: Record<string, number> = { now: 0, today: 0, yesterday: -86_400_000, tomorrow: 86_400_000 }
  if (Object.hasOwn(named, text)) return now + (named[text] ?? 0)
  const relative = /^([-+]?\d+) (second|sec|minute|min|hour|day|week)s?( ago)?$/.exec(text)
  if (relative) {
    const units: Record<string, number> = {
      second: 1e3,
      sec: 1e3,
      minute: 6e4,
      min: 6e4,
      hour: 3.6e6,
      day: 8.64e7,
      week: 6.048e8,
    }
    return now + Number(relative[1]) * (units[relative[2] ?? ''] ?? 0) * (relative[3] === undefined ? 1 : -1)
  }
  return Date.parse(
    /[zZ]|[+-]\d\d:?\d\d$|GMT|UTC/.test(text) ? text : `${text}${/\d:\d/.test(text) ? 'Z' : ''}`,
  )
}

export const date = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    {
      letters: 'ud:Rr:I:s:',
      long: { utc: 'u', date: 'd', 'rfc-email': 'R', reference: 'r', 'iso-8601': 'I' },
    },
    async ({ flags, values, operands }) => {
      const { machine } = process
      const reference = values.get('r')
      const given = values.get('d')
      const now = machine.clock.now()
      const ms =
        reference !== undefined
          ? machine.files.lookup(fromDirectory(process.cwd, reference)).mtime
          : given === undefined
            ? now
            : momentOf(given, now)
      if (Number.isNaN(ms)) return complain(process, `date: invalid date ‘${given ?? ''}’`)
      if (values.has('s')) return complain(process, 'date: cannot set date: Operation not permitted')
      const format = operands.find((word) => word.startsWith('+'))?.slice(1)
      const iso = { date: '%F', seconds: '%FT%T+00:00', minutes: '%FT%R+00:00' }[values.get('I') ?? '']
      await print(
        process,
        `${formatTime(format ?? (flags.has('R') ? '%a, %d %b %Y %T %z' : (iso ?? '%a %b %e %H:%M:%S UTC %Y')), ms)}\n`,
      )
      return 0
    },
  )
