import type { ErrorCodes } from '../core/errorCodes';
import { FIX_PARAMETERS, code } from '../core/errorCodes';

/** Codes of doc 90313 about files and media. */
export const mediaErrorCodes: ErrorCodes = {
	40004: code(
		'input',
		'The type of the file is not allowed',
		'Images are JPG or PNG, videos are MP4.',
	),
	40005: code('input', 'The media type is not valid', 'Use image, video or file.'),
	40006: code(
		'input',
		'The size of the file is not allowed',
		'Images and videos up to 10 MB, files up to 20 MB, all above 5 bytes.',
	),
	40007: code(
		'input',
		'WeCom refused the media ID',
		'A media ID lives for 3 days and must come from Media > Upload of the same corporation. Upload the file again.',
	),
	40009: code(
		'input',
		'The size of the image is not allowed',
		'Images are JPG or PNG up to 10 MB.',
	),
	40011: code('input', 'The size of the video is not allowed', 'Videos are MP4 up to 10 MB.'),
	40123: code('input', 'The image is not valid', 'Use a JPG or PNG.'),
	41080: code('input', 'The size of the attachment is not allowed', FIX_PARAMETERS),
	41081: code('input', 'The resolution of the attachment is not allowed', FIX_PARAMETERS),
	41082: code('input', 'The duration of the attachment is not allowed', FIX_PARAMETERS),
	41090: code('input', 'The video is not MP4', 'Use an MP4 file.'),
	41072: code('input', 'The media was uploaded for another use', 'Upload it with Media > Upload.'),
	44001: code('input', 'The file is empty', 'Check the binary field of the item.'),
	45001: code(
		'input',
		'The file is too large',
		'Images and videos up to 10 MB, files up to 20 MB.',
	),
};
