import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import type { ShellMode } from '../../lib/fleet/console/shell-frames.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { isWayOut } from '../console/way-out.ts'
import { draw, EMPTY_LINE, typeInto, wipe } from './line-editor.ts'
import type { LineState } from './line-editor.ts'
import { muteAnswers } from './mute-answers.ts'
import { openShellSession } from './shell-session.ts'
import type { ShellListener, ShellSession } from './shell-session.ts'
import { tameCounts } from './tame-counts.ts'
import { withNonce } from './with-nonce.ts'

/** How it looks: colours as the page has them, and a size of letters. */
export interface TerminalLook {
  fontSize: number
  fontFamily: string
  colours: { background: string; foreground: string; cursor: string; selection: string }
}

export interface TerminalView {
  setLook(look: TerminalLook): void
  focus(): void
  /** Finds the next or the last place of a text; false when there is none. */
  find(text: string, forward: boolean): boolean
  selection(): string
  paste(text: string): void
  /** Leaves what is shown, and opens a new shell below it. */
  again(): void
  dispose(): void
}

export interface TerminalEvents extends Pick<ShellListener, 'onMode' | 'onOver'> {
  onStart(): void
  /** A link of the guest was clicked: only the page may decide to open it. */
  onLink(url: string): void
  /** Whoever types wants the focus back in the page: the terminal itself keeps every key, Tab too. */
  onLeave(): void
}

const SCROLLBACK = 5_000
const SETTLED_MS = 250
const isWeb = (url: string) => /^https?:\/\//i.test(url) && URL.canParse(url)

const themeOf = ({ colours }: TerminalLook) => ({
  background: colours.background,
  foreground: colours.foreground,
  cursor: colours.cursor,
  selectionBackground: colours.selection,
})

/**
 * What a program has switched on must not outlive it. A screen of its own is left only where there is one: leaving it
 * puts the cursor where it was before, which is the top where it never was elsewhere. What waits is shown first.
 */
function endScreen(terminal: Terminal): void {
  terminal.write('', () => {
    const leave = terminal.buffer.active.type === 'alternate' ? '\u001B[?1049l' : ''
    terminal.write(`\u001B[!p${leave}\u001B[?25h\r\n`)
  })
}

/** A terminal in `host` with a shell of the VM behind it. What the guest writes is shown, and does nothing else. */
export function createTerminalView(
  host: HTMLElement,
  vm: Pick<Vm, 'uid' | 'namespace' | 'name'>,
  look: TerminalLook,
  events: TerminalEvents,
): TerminalView {
  const terminal = new Terminal({
    fontSize: look.fontSize,
    fontFamily: look.fontFamily,
    theme: themeOf(look),
    scrollback: SCROLLBACK,
    // Guests choose their colours for a dark page; on a light one they must be readable, too.
    minimumContrastRatio: 4.5,
    cursorBlink: false,
    screenReaderMode: true,
    allowProposedApi: true,
    // What a guest writes wrongly is no fault of this page, to be told in its console.
    logLevel: 'off',
    linkHandler: { activate: (_, url) => isWeb(url) && events.onLink(url), allowNonHttpProtocols: false },
  })
  const fit = new FitAddon()
  const search = new SearchAddon()
  terminal.loadAddon(fit)
  terminal.loadAddon(search)
  terminal.loadAddon(new WebLinksAddon((_, url) => isWeb(url) && events.onLink(url)))
  withNonce(() => terminal.open(host))
  fit.fit()
  tameCounts(terminal)
  terminal.attachCustomKeyEventHandler((event) => {
    const leaves = isWayOut(event)
    if (leaves && event.type === 'keydown') events.onLeave()
    return !leaves
  })
  let muted = muteAnswers(terminal, 'lines')
  let mode: ShellMode | null = null
  let line: LineState = EMPTY_LINE
  let session: ShellSession | null = null

  const start = () => {
    line = EMPTY_LINE
    mode = null
    session?.close()
    events.onStart()
    fit.fit()
    session = openShellSession(
      vm,
      { columns: terminal.cols, rows: terminal.rows },
      {
        onMode(found) {
          mode = found
          muted.dispose()
          muted = muteAnswers(terminal, found.terminal ? 'terminal' : 'lines')
          terminal.options.convertEol = !found.terminal
          events.onMode(found)
        },
        onOutput(bytes) {
          if (mode?.terminal !== false || line.text.length === 0) return terminal.write(bytes)
          terminal.write(wipe(line))
          terminal.write(bytes)
          terminal.write(draw(line))
        },
        onOver(over) {
          session = null
          endScreen(terminal)
          events.onOver(over)
        },
      },
    )
  }
  terminal.onData((data) => {
    if (session === null || mode === null) return
    if (mode.terminal) return session.type(data)
    const step = typeInto(line, data)
    line = step.line
    terminal.write(step.echo)
    if (step.send !== null) session.type(step.send)
    if (step.ended) session.endInput()
  })
  // While somebody drags a window's edge its size is nobody's yet.
  let settled: ReturnType<typeof setTimeout> | undefined
  terminal.onResize(({ cols, rows }) => {
    clearTimeout(settled)
    settled = setTimeout(() => mode?.resizes === true && session?.resize({ columns: cols, rows }), SETTLED_MS)
  })
  const resized = new ResizeObserver(() => {
    // What is not shown would be lost from sight.
    if (host.clientHeight > 0) fit.fit()
  })
  resized.observe(host)
  start()
  return {
    setLook(next) {
      terminal.options.fontSize = next.fontSize
      terminal.options.fontFamily = next.fontFamily
      terminal.options.theme = themeOf(next)
      fit.fit()
    },
    focus: () => terminal.focus(),
    find: (text, forward) => (forward ? search.findNext(text) : search.findPrevious(text)),
    selection: () => terminal.getSelection(),
    paste: (text) => terminal.paste(text),
    again: start,
    dispose() {
      resized.disconnect()
      clearTimeout(settled)
      session?.close()
      terminal.dispose()
    },
  }
}
