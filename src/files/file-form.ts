import { UserError } from "../domain/text.ts";

/** A form in which a file of text cannot be read, though it may hold what is wanted. */
export type FileForm = "UTF-16" | "UTF-32" | keyof typeof unpackers;

const unpackers = { gzip: "gunzip -k", zstd: "unzstd", zip: "unzip" } as const;

/** What a file begins with that was saved or packed in another form; the longest beginnings first. */
const forms: readonly (readonly [form: FileForm, start: readonly number[]])[] = [
  ["UTF-32", [0xff, 0xfe, 0, 0]],
  ["UTF-32", [0, 0, 0xfe, 0xff]],
  ["UTF-16", [0xff, 0xfe]],
  ["UTF-16", [0xfe, 0xff]],
  ["gzip", [0x1f, 0x8b]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["zip", [0x50, 0x4b, 3, 4]],
];

/** What the first bytes of a file say of its form; null for text in an encoding of single bytes, such as UTF-8. */
export function formOf(start: Uint8Array): FileForm | null {
  const marked = forms.find(([, bytes]) => bytes.every((byte, index) => start[index] === byte));
  if (marked !== undefined) return marked[0];
  // Without a mark, every other byte of ASCII in UTF-16 is null.
  const [first, second, third, fourth] = start;
  const little = isText(first) && second === 0 && isText(third) && fourth === 0;
  const big = first === 0 && isText(second) && third === 0 && isText(fourth);
  return little || big ? "UTF-16" : null;
}

const isText = (byte: number | undefined): boolean => byte !== undefined && byte !== 0;

export function formError(file: string, form: FileForm): UserError {
  const isText = form === "UTF-16" || form === "UTF-32";
  return new UserError({
    zh: isText
      ? `${file} 是 ${form} 编码（Windows PowerShell 的 > 常会这样写），请另存为 UTF-8。`
      : `${file} 是 ${form} 压缩文件，请先解压：${unpackers[form]} ${file}`,
    en: isText
      ? `${file} is ${form} text, which is what > of Windows PowerShell writes; save it as UTF-8.`
      : `${file} is compressed with ${form}; unpack it first: ${unpackers[form]} ${file}`,
  });
}
