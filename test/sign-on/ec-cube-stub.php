<?php

// What the plugin's controller takes from EC-CUBE and Symfony, cut down to what it calls.

namespace Eccube\Entity {
    class Member
    {
        public function getId()
        {
            return 7;
        }

        public function getLoginId()
        {
            return 'hanako';
        }
    }
}

namespace Eccube\Controller {
    abstract class AbstractController
    {
        protected $eccubeConfig;
        private $user;

        public function __construct($projectDir, $user)
        {
            $this->eccubeConfig = ['kernel.project_dir' => $projectDir];
            $this->user = $user;
        }

        protected function getUser()
        {
            return $this->user;
        }

        public function addWarning($message, $namespace = 'front')
        {
        }

        protected function redirectToRoute($route)
        {
            return new \Symfony\Component\HttpFoundation\RedirectResponse('route:'.$route);
        }
    }
}

namespace Symfony\Component\HttpFoundation {
    class RedirectResponse
    {
        public $url;
        public $status;
        public $headers;

        public function __construct($url, $status = 302, array $headers = [])
        {
            list($this->url, $this->status, $this->headers) = [$url, $status, $headers];
        }
    }

    class ParameterBag
    {
        private $values;

        public function __construct(array $values)
        {
            $this->values = $values;
        }

        public function all()
        {
            return $this->values;
        }
    }

    class Request
    {
        public $query;

        public function __construct(array $query)
        {
            $this->query = new ParameterBag($query);
        }
    }
}

namespace Symfony\Component\HttpKernel\Exception {
    class BadRequestHttpException extends \RuntimeException
    {
    }

    class AccessDeniedHttpException extends \RuntimeException
    {
    }
}
