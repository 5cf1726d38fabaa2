import type { IDisposable, Terminal } from '@xterm/xterm'

/** Sequences by which a program asks its terminal something: the answer would go to the guest as if it were typed. */
const ASKS_CSI = [
  // Window titles and sizes, settings, permissions; modes by number.
  { final: 't' },
  { intermediates: '$', final: 'p' },
  { prefix: '?', intermediates: '$', final: 'p' },
  { prefix: '>', final: 'q' },
  { prefix: '=', final: 'c' },
  { prefix: '?', final: 'n' },
  { intermediates: '*', final: 'y' },
]
/** Colours, the clipboard, and what others have made of these. */
const ASKS_OSC = [4, 10, 11, 12, 50, 52]
/** Who am I, and where is my cursor: programs with a terminal of their own need it, and no answer ends a line. */
const NEEDED_CSI = [{ final: 'c' }, { prefix: '>', final: 'c' }, { final: 'n' }]

const heard = () => true

/** The modes in which the terminal reports pointers and focus by itself. */
const REPORTS = new Set([9, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016])

/**
 * What a guest writes is hostile: it must not make the terminal type (promise D11). Without a terminal of its own
 * (`lines`) nothing at all is answered; with one, only what such programs cannot do without.
 */
export function muteAnswers(terminal: Terminal, mode: 'lines' | 'terminal'): IDisposable {
  const { parser } = terminal
  const csi = mode === 'lines' ? [...ASKS_CSI, ...NEEDED_CSI] : ASKS_CSI
  const handlers = [
    ...csi.map((id) => parser.registerCsiHandler(id, heard)),
    ...ASKS_OSC.map((ident) => parser.registerOscHandler(ident, heard)),
    parser.registerDcsHandler({ intermediates: '$', final: 'q' }, heard),
    parser.registerDcsHandler({ intermediates: '+', final: 'q' }, heard),
    parser.registerCsiHandler(
      { prefix: '?', final: 'h' },
      (params) => mode === 'lines' && params.flat().some((param) => REPORTS.has(param)),
    ),
  ]
  return {
    dispose() {
      for (const handler of handlers) handler.dispose()
    },
  }
}
