import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete'
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter, lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { suggestionsAt } from '../document/complete.ts'
import { EDITOR_LOOK } from './editor-look.ts'

function complete(context: CompletionContext): CompletionResult | null {
  const found = suggestionsAt(context.state.doc.toString(), context.pos)
  if (found === null || (found.from === context.pos && !context.explicit)) return null
  const options = found.options.map(({ label, insert, detail, info, kind }) => ({
    label,
    detail,
    info,
    apply: insert,
    type: kind === 'field' ? 'property' : 'enum',
  }))
  return { from: found.from, options, validFor: /^[\w./-]*$/ }
}

/** The nonce of the page's policy, which a style element needs that a script makes; none without a policy. */
function pageNonce(): Extension {
  const nonce = document.querySelector<HTMLElement>('script[nonce], style[nonce]')?.nonce
  return nonce ? EditorView.cspNonce.of(nonce) : []
}

/**
 * YAML with line numbers, search, history and completion by the CRD. Tab indents; Escape and then Tab leaves, and
 * Ctrl-M (Shift-Alt-M on a Mac) gives Tab back to the page for good.
 */
export const editorExtensions = (label: string, describedBy: string): Extension => [
  pageNonce(),
  lineNumbers(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  indentUnit.of('  '),
  EditorState.tabSize.of(2),
  yaml(),
  lintGutter(),
  autocompletion({ override: [complete], icons: false }),
  keymap.of([
    ...completionKeymap,
    ...lintKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...defaultKeymap,
    indentWithTab,
  ]),
  EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': describedBy }),
  EDITOR_LOOK,
]
