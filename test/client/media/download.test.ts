import { fileNameIn } from '../../../nodes/shared/client/media/download';
import { mediaEndpoints } from '../../../nodes/shared/client/media/endpoints';
import { decodeResponse } from '../../../nodes/shared/client/core/response';

it.each([
	['attachment; filename="photo.jpg"', 'photo.jpg'],
	['attachment; filename=photo.jpg', 'photo.jpg'],
	['attachment; filename="a \\"b\\".pdf"', 'a "b".pdf'],
	["attachment; filename*=UTF-8''%E4%BB%B7%E7%9B%AE.pdf", '价目.pdf'],
	['attachment; filename="x.pdf"; filename*=utf-8\'zh\'%E4%BB%B7.pdf', '价.pdf'],
	['attachment; filename="x.pdf"; filename*=UTF-8\'\'%E4%', 'x.pdf'],
	['attachment; filename="../../etc/passwd"', 'passwd'],
	['attachment', ''],
	['', ''],
])('reads the name of a file: %s', (header, name) => {
	expect(fileNameIn(header)).toBe(name);
});

it('takes JSON that is no refusal for something other than a file', () => {
	const response = { status: 200, body: '{"errcode":0}', secrets: [] };
	expect(() => decodeResponse(mediaEndpoints.downloadMedia, response)).toThrow(
		'The server answered something other than a file',
	);
});

it('takes no file where JSON is due', () => {
	const file = { content: Buffer.from('x'), contentType: '', contentDisposition: '' };
	const response = { status: 200, body: '', file, secrets: [] };
	expect(() => decodeResponse(mediaEndpoints.uploadMedia, response)).toThrow(
		'The server answered something other than JSON',
	);
});
