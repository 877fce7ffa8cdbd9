import { multipartForm } from '../../../nodes/shared/client/core/multipart';
import { fileOf } from '../../harness/files';
import { countingFile } from '../media/countingFile';

it.each([
	['shorter', 900],
	['longer', 1_100],
])('refuses a file that became %s after it was checked', async (_, size) => {
	const { file } = countingFile(fileOf('png', size));
	await expect(multipartForm({ ...file, size: 1_000 })).rejects.toThrow(
		'The file changed while it was read',
	);
});

it('writes the body in one piece and leaves the bytes unchanged', async () => {
	const content = fileOf('png', 1_234);
	const { file } = countingFile(content);
	const { body, contentType } = await multipartForm({ ...file, size: content.length });
	const bytes = Buffer.from(body);
	const boundary = /boundary=(.+)$/.exec(contentType)?.[1] ?? '';
	const [head] = bytes.toString('latin1').split('\r\n\r\n');
	expect(head).toBe(
		`--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="cover.png"; filelength=1234\r\nContent-Type: image/png`,
	);
	const start = Buffer.byteLength(`${head}\r\n\r\n`);
	expect(bytes.subarray(start, start + content.length).equals(content)).toBe(true);
	expect(bytes.subarray(start + content.length).toString()).toBe(`\r\n--${boundary}--\r\n`);
});
