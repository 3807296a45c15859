<?php

namespace Plugin\TegataLink;

/**
 * The ticket by which a member who is logged in here is let in at Tegata: `v1.PAYLOAD.SIGNATURE`, each in base64url. It is
 * good for 30 seconds, once, and only in the browser that has asked for it. Needs nothing of EC-CUBE or Symfony.
 */
final class Ticket
{
    /** What Tegata sends along: the SHA-256 of a secret that only the browser's cookie holds. */
    const CHALLENGE = '/\A[A-Za-z0-9_-]{43}\z/';

    /**
     * @param string $audience  the address of Tegata's link page, as the settings have it
     * @param int    $memberId
     * @param string $loginId
     * @param string $challenge
     * @param int    $now       seconds since 1970
     * @param string $secret
     *
     * @return string
     */
    public static function make($audience, $memberId, $loginId, $challenge, $now, $secret)
    {
        $payload = json_encode([
            'aud' => $audience,
            'mid' => (int) $memberId,
            'lid' => $loginId,
            'cha' => $challenge,
            'iat' => (int) $now,
        ], JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
        if ($payload === false) {
            throw new \InvalidArgumentException('the login ID is not in UTF-8');
        }
        $signed = 'v1.'.self::base64url($payload);

        return $signed.'.'.self::base64url(hash_hmac('sha256', $signed, $secret, true));
    }

    /**
     * @param mixed $challenge
     *
     * @return bool
     */
    public static function isChallenge($challenge)
    {
        return is_string($challenge) && preg_match(self::CHALLENGE, $challenge) === 1;
    }

    private static function base64url($bytes)
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }
}
