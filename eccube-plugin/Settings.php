<?php

namespace Plugin\TegataLink;

/**
 * Where Tegata is, and the secret shared with it. The environment wins (`TEGATA_LINK_URL`, `TEGATA_LINK_SECRET`, also in
 * EC-CUBE's `.env`); else a PHP file outside of the database, so that no dump holds the secret, and asked for by a browser it
 * prints nothing. Needs nothing of EC-CUBE or Symfony.
 */
final class Settings
{
    const URL = 'TEGATA_LINK_URL';
    const SECRET = 'TEGATA_LINK_SECRET';
    const FILE = '/app/PluginData/tegata_link/settings.php';

    /** As Tegata takes it: 32 to 256 visible ASCII characters. */
    const SECRET_FORM = '/\A[\x21-\x7e]{32,256}\z/';

    /**
     * @param string $projectDir
     *
     * @return array{url: string, secret: string}|null null while something is missing or wrong
     */
    public static function read($projectDir)
    {
        $kept = self::kept($projectDir);
        $url = self::fromEnvironment(self::URL) ?: $kept['url'];
        $secret = self::fromEnvironment(self::SECRET) ?: $kept['secret'];

        return self::isUrl($url) && self::isSecret($secret) ? ['url' => $url, 'secret' => $secret] : null;
    }

    /**
     * What the file holds, for the settings page.
     *
     * @param string $projectDir
     *
     * @return array{url: string, secret: string}
     */
    public static function kept($projectDir)
    {
        $file = $projectDir.self::FILE;
        $values = is_file($file) ? include $file : [];
        $values = is_array($values) ? $values : [];

        return [
            'url' => isset($values['url']) && is_string($values['url']) ? $values['url'] : '',
            'secret' => isset($values['secret']) && is_string($values['secret']) ? $values['secret'] : '',
        ];
    }

    /**
     * Replaces the file in one step, readable for the web server's account alone.
     *
     * @param string $projectDir
     * @param string $url
     * @param string $secret
     */
    public static function write($projectDir, $url, $secret)
    {
        $file = $projectDir.self::FILE;
        $folder = dirname($file);
        if (!is_dir($folder) && !@mkdir($folder, 0700, true) && !is_dir($folder)) {
            throw new \RuntimeException($folder.' cannot be made');
        }
        $text = "<?php\n\nreturn ".var_export(['url' => $url, 'secret' => $secret], true).";\n";
        // A PHP file too: asked for by a browser in between, or left behind by a crash, it prints nothing either.
        $draft = $folder.'/new-'.bin2hex(random_bytes(8)).'.php';
        try {
            self::writeDraft($draft, $text);
            if (!@rename($draft, $file)) {
                throw new \RuntimeException($file.' cannot be written');
            }
        } catch (\RuntimeException $e) {
            @unlink($draft);
            throw $e;
        }
        if (function_exists('opcache_invalidate')) {
            @opcache_invalidate($file, true);
        }
    }

    /**
     * @param string $draft
     * @param string $text
     */
    private static function writeDraft($draft, $text)
    {
        $before = umask(0077);
        $stream = @fopen($draft, 'x');
        umask($before);
        if ($stream === false) {
            throw new \RuntimeException(dirname($draft).' cannot be written to');
        }
        $written = @fwrite($stream, $text);
        if (!fclose($stream) || $written !== strlen($text)) {
            throw new \RuntimeException(dirname($draft).' cannot be written to');
        }
    }

    /**
     * @param string $projectDir
     */
    public static function remove($projectDir)
    {
        $file = $projectDir.self::FILE;
        if (is_file($file)) {
            unlink($file);
        }
        // Of a write that a crash has cut off.
        foreach (glob(dirname($file).'/new-*.php') ?: [] as $draft) {
            @unlink($draft);
        }
        @rmdir(dirname($file));
    }

    /**
     * https, or http on this machine; no query, no fragment, no user name.
     *
     * @param string $url
     *
     * @return bool
     */
    public static function isUrl($url)
    {
        if (strlen($url) > 1000 || preg_match('~\Ahttps?://[\x21-\x7e]+\z~', $url) !== 1) {
            return false;
        }
        $parts = parse_url($url);
        if ($parts === false || !isset($parts['scheme'], $parts['host'], $parts['path'])) {
            return false;
        }
        if (isset($parts['query']) || isset($parts['fragment']) || isset($parts['user'])) {
            return false;
        }

        return $parts['scheme'] === 'https' || in_array($parts['host'], ['localhost', '127.0.0.1', '[::1]'], true);
    }

    /**
     * @param string $secret
     *
     * @return bool
     */
    public static function isSecret($secret)
    {
        return preg_match(self::SECRET_FORM, $secret) === 1;
    }

    /**
     * @param string $name
     *
     * @return string
     */
    public static function fromEnvironment($name)
    {
        foreach ([$_ENV, $_SERVER] as $values) {
            if (isset($values[$name]) && is_string($values[$name]) && $values[$name] !== '') {
                return $values[$name];
            }
        }

        return (string) getenv($name);
    }
}
