import type { ChoiceDefinition } from './stored-choice.ts'

/**
 * The source of a script that puts the stored choices on `<html>` before the first paint. Only words of a
 * definition are ever applied, whatever the storage holds.
 */
export function choiceScript(definitions: readonly ChoiceDefinition<string>[]): string {
  const table = definitions.map(({ key, values, fallback }) => [
    key,
    values.filter((word) => word !== fallback),
  ])
  return (
    `try{for(const[k,v]of ${JSON.stringify(table)}){const c=localStorage.getItem(k);` +
    `if(v.includes(c))document.documentElement.setAttribute('data-'+k,c)}}catch{}`
  )
}
