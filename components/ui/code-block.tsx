import { CopyButton } from './copy-button.tsx'

/** Something to paste into a shell. `name` says what it is, for the copy button. */
export function CodeBlock({ code, name }: { code: string; name: string }) {
  return (
    <div className="relative w-full rounded-lg border border-line bg-raised">
      {/* Long lines wrap instead of scrolling, so that the keyboard needs no stop here. */}
      <pre className="py-2.5 pr-11 pl-3 font-mono text-xs leading-relaxed wrap-anywhere whitespace-pre-wrap text-text">
        {code}
      </pre>
      <CopyButton text={code} name={name} className="absolute top-1 right-1" />
    </div>
  )
}
